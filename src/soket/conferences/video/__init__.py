"""Ways of video for a conference: a joining address, a number, our own Janus server. No tables, no Django; never needed by the session."""
