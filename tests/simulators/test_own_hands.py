"""The simulator stands on its own: nothing of the bot in it, and still the bot's door and it understand each other."""

import ast
import json
import sys
from asyncio import create_subprocess_exec, subprocess
from pathlib import Path

import aiohttp
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom_door import Door
from tests.simulators.wecom.crypto import seal, signature, unseal
from tests.simulators.wecom.xml import only, parsed, written

HERE = Path(__file__).parent / "wecom"
TOKEN, KEY, CORP = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
DOOR = Door(TOKEN, KEY, CORP)


def test_the_simulator_imports_nothing_of_the_bot_nor_the_library_it_uses() -> None:
    names: set[str] = set()
    for file in HERE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names |= {one.name for one in node.names} if isinstance(node, ast.Import) else set()
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    assert not {one.split(".")[0] for one in names} & {"bot", "handlers", "wechatpy", "xmltodict"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_the_door_opens_what_the_simulator_seals(text: str) -> None:
    sealed = seal(KEY, written([("Content", text), ("MsgId", 4561255354251345929)]), CORP)
    query = {"msg_signature": signature(TOKEN, "1772413200", "77", sealed), "timestamp": "1772413200", "nonce": "77"}
    body = written([("ToUserName", CORP), ("AgentID", "1000002"), ("Encrypt", sealed)]).encode()
    assert DOOR.open(query, body) == {"Content": text, "MsgId": "4561255354251345929"}
    assert DOOR.echo({**query, "echostr": sealed}).decode().startswith("<xml>")


@given(st.text(max_size=300))
def test_the_simulator_opens_what_the_door_seals(text: str) -> None:
    envelope = parsed(DOOR.seal(text, "1772413200", "77", b"0" * 16))
    sealed = only(envelope, "Encrypt")
    assert only(envelope, "MsgSignature") == signature(TOKEN, only(envelope, "TimeStamp"), "77", sealed)
    assert unseal(KEY, sealed, CORP) == text


async def test_it_runs_as_a_program_and_ends_when_told(tmp_path: Path) -> None:
    members = tmp_path / "members.json"
    members.write_text(json.dumps([{"userid": "li", "name": "李娜"}]), "utf-8")
    command = [sys.executable, "-m", "tests.simulators.wecom", "--members", str(members)]
    program = await create_subprocess_exec(*command, stdout=subprocess.PIPE, cwd=HERE.parents[2])
    assert program.stdout is not None
    url = (await program.stdout.readline()).decode().split()[-1]
    async with aiohttp.ClientSession() as session, session.get(f"{url}/control/state") as answer:
        assert [one["name"] for one in (await answer.json())["members"]] == ["李娜"]
    program.terminate()
    assert await program.wait() == 0
