"""Random files of a small town, for tests of what a change of the file brings about."""

from collections.abc import Sequence

from hypothesis import strategies as st

PEOPLE = ("chen", "li", "wang", "zhao", "zhou", "wu")
WHERE = (
    'language = "zh"\ntime_zone = "Asia/Shanghai"\n[channels.chat]\n',
    'language = "en"\ntime_zone = "Asia/Shanghai"\n[channels.chat]\n',
    'language = "zh"\ntime_zone = "Europe/London"\n[channels.chat]\n',
    'language = "zh"\ntime_zone = "Asia/Shanghai"\n[channels.web]\n',
)
MORE = (
    "",
    '[study.talk]\ntitle = "学习"\nwhen = "mon 10:30"\n',
    '[study.talk]\ntitle = "学习"\nwhen = "mon 10:00"\naudience = "away"\n',
    "[calendar]\noff = [2026-03-09]\n",
    '[limits]\nquiet = "none"\n',
)
RULES = ("", 'time_zone = "Asia/Urumqi"\n', 'report = { ask = "daily 18:00" }\n', 'report = { ask = "mon 10:00" }\n')


def some(people: Sequence[str], most: int) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from(people), min_size=1, max_size=most, unique=True)
    return chosen.map(lambda ids: ", ".join(f'"{one}"' for one in ids))


@st.composite
def branches(draw: st.DrawFn, people: Sequence[str]) -> str:
    """None, one or two, with their days round the 9th of March."""
    text = ""
    for id_ in draw(st.lists(st.sampled_from(["qingfeng", "hailan"]), unique=True)):
        opens = draw(st.sampled_from(["2026-02-20", "2026-03-02", "2026-03-09", "2026-03-11"]))
        closes = draw(st.sampled_from(["2026-03-11", "2026-03-12", "2026-03-20", "2026-05-29"]))
        text += f'[branches.{id_}]\nname = "{id_}"\nkind = "case"\nfrom = {opens}\nto = {closes}\n'
        text += f"liaison = [{draw(some(people, 2))}]\nmembers = [{draw(some(people, 6))}]\n"
        text += f'secretary = "{draw(st.sampled_from(people))}"\n' + draw(st.sampled_from(RULES))
    return text


@st.composite
def files(draw: st.DrawFn) -> str:
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, unique=True))
    status = draw(st.sampled_from(["full", "officer"]))
    listed = "".join(f'{one} = {{ name = "{one}", status = "{status}" }}\n' for one in people)
    head = f'name = "示例院"\nadmins = [{draw(some(people, 2))}]\n{draw(st.sampled_from(WHERE))}kind = "webchat"\n'
    return f"{head}[people]\n{listed}{draw(branches(people))}{draw(st.sampled_from(MORE))}"
