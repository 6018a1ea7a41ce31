/* One WebSocket session with Janus: questions with answers, handles of plugins, the sign of life. It does not come back by itself. */
const ALIVE = 25_000, PATIENCE = 8_000;
let counted = 0;

export class Refused extends Error {
  constructor(code, words) {
    super(words);
    this.code = code;
  }
}

export class Link {
  constructor(url) {
    this.url = url;
    this.asked = new Map();
    this.handles = new Map();
  }

  /** Opens the session; `lost` is called once when it ends for any reason. */
  async open(lost) {
    this.socket = new WebSocket(this.url, "janus-protocol");
    this.socket.onmessage = (event) => this.heard(JSON.parse(event.data));
    const ended = () => {
      clearInterval(this.timer);
      for (const { no } of this.asked.values()) no(new Refused(0, "closed"));
      this.asked.clear();
      if (!this.gone) lost();
      this.gone = true;
    };
    this.socket.onclose = ended;
    await new Promise((yes, no) => {
      this.socket.onopen = yes;
      this.socket.onerror = () => no(new Refused(0, "unreachable"));
    });
    this.session = (await this.ask({ janus: "create" })).data.id;
    this.timer = setInterval(() => this.ask({ janus: "keepalive" }).catch(() => this.socket.close()), ALIVE);
  }

  /** Sends one message and waits for its answer; an "ack" is only an answer to a sign of life and to trickled addresses. */
  ask(message) {
    const transaction = `s${(counted += 1)}`;
    return new Promise((yes, no) => {
      const timer = setTimeout(() => this.asked.delete(transaction) && no(new Refused(0, "timeout")), PATIENCE);
      this.asked.set(transaction, { yes: (answer) => (clearTimeout(timer), yes(answer)), no: (fault) => (clearTimeout(timer), no(fault)), kind: message.janus });
      if (this.socket.readyState !== WebSocket.OPEN) return this.asked.get(transaction).no(new Refused(0, "closed"));
      this.socket.send(JSON.stringify({ ...message, transaction, ...(this.session ? { session_id: this.session } : {}) }));
    });
  }

  heard(message) {
    const asked = this.asked.get(message.transaction);
    const waits = message.janus === "ack" && asked?.kind === "message";
    if (asked && !waits) {
      this.asked.delete(message.transaction);
      const fault = message.error ?? (message.plugindata?.data?.error_code ? { code: message.plugindata.data.error_code, reason: message.plugindata.data.error } : null);
      if (fault) asked.no(new Refused(fault.code, fault.reason));
      else asked.yes(message);
    } else if (message.sender && !waits) this.handles.get(message.sender)?.heard(message);
    else if (message.janus === "timeout") this.socket.close();
  }

  async attach(plugin) {
    const { data } = await this.ask({ janus: "attach", plugin });
    const handle = new Handle(this, data.id);
    this.handles.set(data.id, handle);
    return handle;
  }

  close() {
    this.gone = true;
    clearInterval(this.timer);
    this.socket?.close();
  }
}

export class Handle {
  constructor(link, id) {
    this.link = link;
    this.id = id;
    this.onevent = () => {};
    this.onhangup = () => {};
  }

  heard(message) {
    if (message.janus === "event") this.onevent(message.plugindata?.data ?? {}, message.jsep);
    else if (message.janus === "hangup" || message.janus === "detached") this.onhangup();
  }

  /** What the plugin answered, and its session description where there is one. */
  async send(body, jsep) {
    const answer = await this.link.ask({ janus: "message", handle_id: this.id, body, ...(jsep ? { jsep: { type: jsep.type, sdp: jsep.sdp } } : {}) });
    return { data: answer.plugindata?.data ?? {}, jsep: answer.jsep };
  }

  /** A peer connection whose addresses go to Janus as they are found. */
  peer(ice) {
    const made = new RTCPeerConnection({ iceServers: ice.map((urls) => ({ urls })) });
    made.onicecandidate = ({ candidate }) => {
      const found = candidate ? { candidate: candidate.candidate, sdpMid: candidate.sdpMid, sdpMLineIndex: candidate.sdpMLineIndex } : { completed: true };
      this.link.ask({ janus: "trickle", handle_id: this.id, candidate: found }).catch(() => {});
    };
    return made;
  }

  async detach() {
    this.link.handles.delete(this.id);
    await this.link.ask({ janus: "detach", handle_id: this.id }).catch(() => {});
  }
}
