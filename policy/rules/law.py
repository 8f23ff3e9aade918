"""What the Act (法: 個人情報の保護に関する法律) fixes about a policy, each item once with its article."""

# 第8条: every kind of request that the Act gives a person, with the articles that give it.
REQUEST_ARTICLES = {
    "notice_of_purpose": "法32条2項",
    "disclosure": "法33条1項",
    "provision_records": "法33条5項",
    "correction": "法34条1項",
    "addition": "法34条1項",
    "deletion": "法34条1項",
    "suspension": "法35条1項・5項",
    "erasure": "法35条1項・5項",
    "provision_stop": "法35条3項・5項",
}

# 法38条1項: a fee may be charged for these and for no other kind.
FEE_ALLOWED = frozenset({"notice_of_purpose", "disclosure", "provision_records"})

# The policy's own numbering (source, sections 1 to 10).
ARTICLES = ("1", "2", "2-1", "2-2", "2-3", *(str(number) for number in range(3, 11)))
