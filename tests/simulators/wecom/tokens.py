"""Access tokens: channels.md 1.4 and 1.11 (page 91039).

One token for the app; asked again inside its time the same one is given; it may be revoked early. A wrong secret is
40001 and, repeated, bans the address for an hour; asking too often is 45009.
"""

import os
from datetime import datetime, timedelta

from tests.simulators.wecom.corp import Corp
from tests.simulators.wecom.limits import HOUR, MINUTE, Counter
from tests.simulators.wecom.reading import Json, Refusal


class Tokens:
    def __init__(self, corp: Corp, counter: Counter) -> None:
        self.lifetime = timedelta(seconds=7200)
        self.issued = 0
        self._corp, self._counter = corp, counter
        self._token, self._ends = "", datetime.min
        self._expired: set[str] = set()

    def give(self, corp_id: str, secret: str, ip: str, now: datetime) -> Json:
        limits = self._corp.limits
        self._counter.check(f"gettoken from {ip}", now, [(limits.gettoken_minute, MINUTE)])
        self._counter.open(f"wrong secrets from {ip}", now)
        if corp_id != self._corp.corp_id:
            raise Refusal(40013, "invalid corpid")
        if secret != self._corp.app.secret:
            self._counter.check(f"wrong secrets from {ip}", now, [(limits.wrong_secrets, HOUR)])
            raise Refusal(40001, "invalid credential")
        if not self._token or now >= self._ends:
            self._new(now)
        return {"access_token": self._token, "expires_in": int((self._ends - now).total_seconds())}

    def check(self, token: str, now: datetime) -> None:
        if not token:
            raise Refusal(41001, "access_token missing")
        if token == self._token and now < self._ends:
            return
        if token == self._token or token in self._expired:
            raise Refusal(42001, "access_token expired")
        raise Refusal(40014, "invalid access_token")

    def revoke(self) -> None:
        """Early, as the platform may: the old one is invalid (40014), the next request gets another."""
        self._token = ""

    def _new(self, now: datetime) -> None:
        if self._token:
            self._expired.add(self._token)
        self.issued += 1
        self._token, self._ends = f"{self.issued:04d}-{os.urandom(48).hex()}", now + self.lifetime
