// The official library, told what to do by JSON on standard input: a list of calls, answered by a list of results.
const { decrypt, encrypt, getSignature } = require("@wecom/crypto");

const DEEDS = {
  seal: ({ key, message, id }) => encrypt(key, message, id),
  open: ({ key, sealed }) => { const { message, id } = decrypt(key, sealed); return { message, id }; },
  sign: ({ token, timestamp, nonce, sealed }) => getSignature(token, timestamp, nonce, sealed),
};

const calls = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(calls.map((call) => DEEDS[call.deed](call))));
