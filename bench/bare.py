"""The peer: an aiohttp handler that parses the same JSON and answers it, and nothing else."""

import sys

from aiohttp import web


async def answer(request: web.Request) -> web.Response:
    found = await request.json()
    return web.json_response({"answer": found["text"]})


if __name__ == "__main__":
    app = web.Application()
    app.add_routes([web.post("/phone/{member}/messages", answer)])
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
