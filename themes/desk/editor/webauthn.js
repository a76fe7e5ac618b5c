// Speaks with the device about passkeys. What the newsroom sends and takes is
// JSON, in which bytes are base64url.

export const possible = () => Boolean(window.PublicKeyCredential);

// make asks the device for a new passkey, use for one that it has. Both answer
// what the newsroom is to be told, or null when the person gave up.
export const make = (options) => asking(() => navigator.credentials.create({ publicKey: readable(options) }));
export const use = (options) => asking(() => navigator.credentials.get({ publicKey: readable(options) }));

async function asking(ask) {
  try {
    return JSON.stringify(written(await ask()));
  } catch (error) {
    if (error.name === "NotAllowedError" || error.name === "AbortError") return null;
    throw error;
  }
}

// readable turns the texts of options that stand for bytes into bytes.
function readable(options) {
  const ids = (list) => list?.map((key) => ({ ...key, id: bytes(key.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.allowCredentials && { allowCredentials: ids(options.allowCredentials) }),
    ...(options.excludeCredentials && { excludeCredentials: ids(options.excludeCredentials) }),
  };
}

// written is the other way round, for the answer.
function written({ id, rawId, type, response, authenticatorAttachment }) {
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return { id, rawId: text(rawId), type, response: answer, authenticatorAttachment, clientExtensionResults: {} };
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
