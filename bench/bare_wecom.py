"""The peer of the callback: wechatpy and aiohttp open the same message and seal an echo of it, and nothing else."""

import sys
from typing import Any, cast

from aiohttp import web
from wechatpy import enterprise  # pyright: ignore[reportMissingTypeStubs]

from tests.simulators.wecom.corp import DEMO_CORP, DEMO_KEY, DEMO_TOKEN

WECHATPY = cast("Any", enterprise)
CRYPTO = WECHATPY.crypto.WeChatCrypto(DEMO_TOKEN, DEMO_KEY, DEMO_CORP)


async def answer(request: web.Request) -> web.Response:
    query = request.query
    xml = CRYPTO.decrypt_message(await request.read(), query["msg_signature"], query["timestamp"], query["nonce"])
    message = WECHATPY.parse_message(xml)
    reply = WECHATPY.create_reply(message.content, message).render()
    sealed = CRYPTO.encrypt_message(reply, query["nonce"], query["timestamp"])
    return web.Response(text=sealed, content_type="application/xml")


if __name__ == "__main__":
    app = web.Application()
    app.add_routes([web.post("/callback/{channel}", answer)])
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
