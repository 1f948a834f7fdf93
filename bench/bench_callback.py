"""One WeCom callback, whole path and durable, against a bare wechatpy echo; what group commit saves; the wait for an
acknowledgement on a slow disk. All in one run."""

import asyncio
import json
import statistics
import tempfile
import urllib.parse
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from bench.bench_inbound import SAID, running, wait_for_quiet
from bench.load import load
from tests.simulators.wecom.corp import DEMO_CORP, DEMO_KEY, DEMO_SECRET, DEMO_TOKEN
from tests.simulators.wecom.crypto import seal, signature
from tests.simulators.wecom.xml import written

BOT, BARE, API, TURNS = 8097, 8096, 8095, 5
MESSAGES, CONNECTIONS = 1500, 64
AGENT, AT = 1000002, "1772501400"
SECRETS = {"WECOM_SECRET": DEMO_SECRET, "WECOM_TOKEN": DEMO_TOKEN, "WECOM_AES_KEY": DEMO_KEY}


def write_config(folder: Path, members: int) -> Path:
    """Branches of a hundred, all on WeCom."""
    lines = ['name = "测试院"', 'admins = ["boss"]', "[server]", f'listen = "127.0.0.1:{BOT}"', "[channels.wecom]"]
    lines += ['kind = "wecom"', f'corp_id = "{DEMO_CORP}"', f"agent_id = {AGENT}", "cards = false"]
    lines += [f'api_base = "http://127.0.0.1:{API}"', "group_chat = false"]
    lines += ["[report]", 'ask = "daily 09:00"', "[people]", 'boss = { name = "周敏", wecom = "boss" }']
    lines += [f'm{i} = {{ name = "同志{i}", status = "full", wecom = "m{i}" }}' for i in range(members)]
    for branch in range(members // 100):
        own = ", ".join(f'"m{i}"' for i in range(branch * 100, branch * 100 + 100))
        lines += [f"[branches.b{branch}]", f'name = "第{branch}联络群"', 'kind = "case"', 'liaison = ["boss"]']
        lines += ["from = 2026-03-02", "to = 2026-12-29", f"members = [{own}]"]
    file = folder / "config.toml"
    file.write_text("\n".join(lines), "utf-8")
    return file


def request_of(number: int) -> bytes:
    """What the platform would post: sealed and signed before the clock starts."""
    said = SAID[number % len(SAID)]
    head = [("ToUserName", DEMO_CORP), ("FromUserName", f"m{number}"), ("CreateTime", AT), ("MsgType", "text")]
    xml = written([*head, ("Content", said), ("MsgId", str(10**15 + number)), ("AgentID", str(AGENT))])
    sealed = seal(DEMO_KEY, xml, DEMO_CORP)
    nonce = str(number)
    query = {"msg_signature": signature(DEMO_TOKEN, AT, nonce, sealed), "timestamp": AT, "nonce": nonce}
    body = written([("ToUserName", DEMO_CORP), ("AgentID", str(AGENT)), ("Encrypt", sealed)]).encode()
    head_lines = f"POST /callback/wecom?{urllib.parse.urlencode(query)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    return f"{head_lines}Content-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def _platform(folder: Path, members: int) -> Generator[None]:
    people = folder / "people.json"
    people.write_text(json.dumps([{"userid": one} for one in ["boss", *(f"m{i}" for i in range(members))]]))
    with running(["-m", "tests.simulators.wecom", "--port", str(API), "--members", str(people)], API):
        yield


@contextmanager
def _bot(members: int, *, sync: float = 0.0, batch: int = 0) -> Generator[None]:
    """A fresh bot whose members have just been asked. `sync`: seconds each commit takes longer; `batch`: at most so
    many units a commit."""
    with tempfile.TemporaryDirectory() as name, _platform(Path(name), members):
        config = write_config(Path(name), members)
        run = ["-m", "bench.slow_disk", str(sync), str(batch), "run", "--config", str(config), "--log-level", "ERROR"]
        with running([*run, "--start", "2026-03-03T09:31+08:00"], BOT, **SECRETS):
            wait_for_quiet(BOT)
            yield


def _load(port: int, messages: int, connections: int) -> tuple[float, float]:
    requests = [request_of(number) for number in range(messages)]
    return asyncio.run(load(port, requests.__getitem__, messages, connections))


def _turn() -> float:
    with _bot(MESSAGES):
        ours, late = _load(BOT, MESSAGES, CONNECTIONS)
    with running(["-m", "bench.bare_wecom", str(BARE)], BARE):
        bare, bare_late = _load(BARE, MESSAGES, CONNECTIONS)
    print(f"callback {ours:7.0f}/s p99 {late:6.1f} ms   bare {bare:7.0f}/s p99 {bare_late:6.1f} ms")
    return ours / bare


def _group_commit() -> float:
    rates: list[float] = []
    for batch, messages in ((0, MESSAGES), (1, 300)):
        with _bot(messages, sync=0.005, batch=batch):
            rates.append(_load(BOT, messages, CONNECTIONS)[0])
    print(f"on a disk that takes 5 ms: {rates[0]:.0f}/s, with one commit a message {rates[1]:.0f}/s")
    return rates[0] / rates[1]


def main(turn: Callable[[], float] = _turn) -> None:
    ratios = [turn() for _ in range(TURNS)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(
        f"callback, durable, {CONNECTIONS} connections: ratio to bare {middle:.2f} ({low:.2f}-{high:.2f}), wanted 0.60"
    )
    print(f"group commit: {_group_commit():.1f} times one commit a message, wanted 10")
    with _bot(MESSAGES, sync=0.020):
        rate, late = _load(BOT, MESSAGES, 256)
    print(f"256 at once on a disk that takes 20 ms: {rate:.0f}/s, acknowledged p99 {late:.0f} ms, wanted < 1000")


if __name__ == "__main__":
    main()
