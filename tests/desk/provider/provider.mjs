// A real login provider on the loopback, for tests alone: whoever comes says who they are, and how strongly.
// node provider.mjs REDIRECT_URI…   prints its address once it answers.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const PAGE = `<!DOCTYPE html><html lang="en"><title>Log in</title><form method="post">
<label>Who <input name="who"></label><label>Level <input name="level" value="high"></label><button>Go on</button></form>`;

const server = createServer((request, response) => answer(request, response));
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = make(issuer);
  const rest = provider.callback();
  answer = (request, response) =>
    request.url.startsWith("/interaction/") ? interact(provider, request, response) : rest(request, response);
  console.log(issuer);
});
let answer = (_request, response) => response.writeHead(503).end();

function make(issuer) {
  return new Provider(issuer, {
    clients: [
      {
        client_id: "rett-trinn",
        client_secret: "a secret between the two, long enough",
        redirect_uris: process.argv.slice(2),
      },
    ],
    acrValues: ["low", "high"],
    claims: { openid: ["sub"], acr: null, auth_time: null, iss: null },
    cookies: { keys: ["a key for the cookies of the provider"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
  });
}

async function interact(provider, request, response) {
  if (request.method === "GET") {
    response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
    return;
  }
  let body = "";
  for await (const part of request) body += part;
  const given = new URLSearchParams(body);
  const login = { accountId: given.get("who"), acr: given.get("level"), remember: false };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}
