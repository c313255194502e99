"""Changing the office one acts in; in a demo also becoming somebody else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import offices_held
from gongzhi.parties.models import Office
from gongzhi.parties.sign_in import choose_office, may_switch, switch_office
from gongzhi.parties.sign_in import sign_out as end_session
from gongzhi.web.pages.display import own_address
from gongzhi.web.switched import back_to


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another office: one of one's own, or in a demo any; none: as a visitor."""
    wanted = request.POST.get("office", "")
    if not wanted:
        end_session(request)
        return back_to(own_address(request))
    held = offices_held(request.user, on=business_date()) if request.user.is_authenticated else ()
    own = next((office for office in held if str(office.pk) == wanted), None)
    if own is not None:
        choose_office(request, own)
    elif may_switch(request):
        switch_office(request, _office(wanted))
    else:
        raise Http404
    return back_to(own_address(request))


def _office(wanted: str) -> Office:
    for office in Office.objects.held(on=business_date()).with_facts():
        if str(office.pk) == wanted:
            return office
    raise Http404
