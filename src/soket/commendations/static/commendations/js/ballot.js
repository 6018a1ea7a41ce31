/* <secret-ballot>: one question of a secret vote. Takes the ballot under the member's session, casts it without any, and keeps what was
   taken in this tab until the urn has it. Without a secure connection browsers offer no cryptography: the page then says so. */
import { blind, finalize } from "./ballot-core.js";

class SecretBallot extends HTMLElement {
  connectedCallback() {
    this.name = `soket-phieu-${this.dataset.question}`;
    this.form = this.querySelector("form");
    if (!window.isSecureContext || !crypto.subtle) return this.say("insecure", "error");
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      const choice = new FormData(this.form).get("choice");
      if (choice) this.vote(choice);
      else this.say("choose", "error");
    });
    this.querySelector("[data-again]").addEventListener("click", () => this.cast());
    if (this.form) this.form.hidden = false;
    const kept = this.kept();
    if (kept?.signature) this.cast();
    else if (kept?.receipt) this.done(kept.receipt);
    else if (this.dataset.taken) this.say("elsewhere", "error");
  }

  kept() {
    return JSON.parse(sessionStorage.getItem(this.name) || "null");
  }

  keep(value) {
    sessionStorage.setItem(this.name, JSON.stringify(value));
  }

  /* Words come from the page, in its language. */
  say(name, kind = "") {
    const told = this.querySelector("[data-told]");
    told.textContent = this.dataset[name] || name;
    told.className = `note${kind === "error" ? " note--e" : kind === "ok" ? " note--ok" : ""}`;
    told.hidden = false;
  }

  busy(on) {
    for (const one of this.querySelectorAll("button, input")) one.disabled = on;
  }

  async vote(choice) {
    this.busy(true);
    this.say("working");
    try {
      const mine = await blind(this.dataset.modulus, choice);
      const body = new URLSearchParams({ blinded: mine.blinded });
      const headers = { "X-CSRFToken": this.querySelector("[name=csrfmiddlewaretoken]").value };
      const answer = await fetch(this.dataset.take, { method: "POST", headers, body, credentials: "same-origin" });
      const given = await answer.json();
      if (!answer.ok) throw new Error(given.error);
      this.keep({ token: mine.token, choice, signature: finalize(this.dataset.modulus, mine, given.signature) });
      await this.cast();
    } catch (fault) {
      this.say(fault.message === "signature" ? "wrong" : fault instanceof TypeError || fault instanceof SyntaxError ? "lost" : fault.message, "error");
      this.busy(false);
    }
  }

  /* No cookie, no referrer, nothing but the ballot. The same ballot again changes nothing, so that it may be sent until it is in. */
  async cast() {
    const kept = this.kept();
    if (this.form) this.form.hidden = true;
    this.say("sending");
    try {
      const answer = await fetch(this.dataset.cast, {
        method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store",
        headers: { "Content-Type": "application/json" }, body: JSON.stringify(kept),
      });
      const given = await answer.json();
      if (!answer.ok) return this.again(given.error);
      this.keep({ receipt: kept.token });
      this.done(kept.token);
    } catch {
      this.again("waiting");
    }
  }

  again(why) {
    this.busy(false);
    this.say(why, "error");
    this.querySelector("[data-again]").hidden = false;
  }

  done(token) {
    if (this.form) this.form.hidden = true;
    this.querySelector("[data-again]").hidden = true;
    this.say("done", "ok");
    const receipt = this.querySelector("[data-receipt]");
    receipt.querySelector("code").textContent = token.match(/.{1,8}/g).join(" ");
    receipt.hidden = false;
    document.querySelector("[data-left]")?.remove(); // counted when the page was made; each ballot says its own state from here on
    document.dispatchEvent(new CustomEvent("ballot-cast"));
  }
}

customElements.define("secret-ballot", SecretBallot);
