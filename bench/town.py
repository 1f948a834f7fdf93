"""An organisation of any size, for the benchmarks."""

from pathlib import Path


def write_config(folder: Path, members: int, branches: int, listen: str = "127.0.0.1:8099") -> Path:
    """`members` people spread over `branches` running branches, each with one liaison officer."""
    lines = ['name = "测试院"', 'admins = ["boss"]', "[server]", f'listen = "{listen}"', "[channels.chat]"]
    lines += ['kind = "webchat"', "[report]", 'ask = "daily 09:00"', "[people]", 'boss = { name = "周敏" }']
    lines += [f'm{i} = {{ name = "同志{i}", status = "full" }}' for i in range(members)]
    for branch in range(branches):
        own = ", ".join(f'"m{i}"' for i in range(branch, members, branches))
        lines += [f"[branches.b{branch}]", f'name = "第{branch}联络群"', 'kind = "case"', 'liaison = ["boss"]']
        lines += ["from = 2026-03-02", "to = 2026-12-29", f"members = [{own}]"]
    file = folder / "config.toml"
    file.write_text("\n".join(lines), "utf-8")
    return file
