"""Signs a token by which Vigie knows who reports: a JWT (RFC 7519) with HS256. Python 3.8 or later alone, no package.

    VIGIE_SITE=revue VIGIE_SIGNING_SECRET=... python3 reader_token.py user-42
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from datetime import datetime, timezone


def _base64url(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def reader_token(site: str, secret: str, account: str, since: datetime, verified: bool) -> str:
    """A token that is good for five minutes; Vigie takes ten at most.

    site: the site's slug. secret: its reader signing secret, as text. account: the id of the reader who is signed in.
    since: when that account was made. verified: whether you know that a person is behind it.
    """
    header = _base64url(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = _base64url(
        json.dumps(
            {
                "aud": site,
                "sub": account,
                "exp": int(time.time()) + 300,
                "since": int(since.timestamp()),
                "verified": verified,
            }
        ).encode()
    )
    signature = hmac.new(secret.encode(), header + b"." + claims, hashlib.sha256).digest()
    return b".".join((header, claims, _base64url(signature))).decode()


if __name__ == "__main__":
    made = datetime(2026, 1, 15, 9, 30, tzinfo=timezone.utc)
    print(reader_token(os.environ["VIGIE_SITE"], os.environ["VIGIE_SIGNING_SECRET"], sys.argv[1], made, True))
