import pytest
from tests.walk import accounts, colleagues
from tests.walk.roles import ROLES, World
from tests.rounds import closed_sample_round, open_round, tokens
@pytest.mark.parametrize("role", ROLES)
def test_walk(role, cast, as_user):
    class W:
        base=f"/o/{cast.organisation.slug}/"; other_base=f"/o/{cast.other_organisation.slug}/"
    W.cast=cast
    wrong=[]
    user=cast.everybody[role]
    for part in (accounts, colleagues):
        adr=part.addresses(W)
        for pattern, examples in part.EXPECTED.items():
            for ex,(g,p) in examples.items():
                for m,exp in (("GET",g),("POST",p)):
                    c=as_user(user)
                    r=c.get(adr[ex]) if m=="GET" else c.post(adr[ex])
                    if r.status_code!=exp[role]: wrong.append(f"{m} {ex}: {r.status_code} expected {exp[role]} {r.headers.get('Location','')}")
    assert not wrong, "\n".join(wrong)
