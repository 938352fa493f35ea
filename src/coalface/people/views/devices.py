"""Shared tills, tablets and kiosks: setting this browser up as one, and taking any of them back."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.people import actions, queries
from coalface.people.forms import DeviceForm
from coalface.people.views.door import remember_device
from coalface.permissions import Right, needs
from coalface.records.models import SharedDevice


@needs(Right.SET_UP_DEVICES)
def devices(request: HttpRequest) -> HttpResponse:
    """Which browsers are shared; the one in hand can become one, and signs its manager out as it does."""
    units = queries.units_within(request.rights, Right.SET_UP_DEVICES)
    form = DeviceForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        device, token = actions.set_up_device(by=request.person, now=timezone.now(), **form.cleaned_data)
        logout(request)
        messages.success(request, _("%(name)s is ready. You are signed out here.") % {"name": device.name})
        answer = redirect("people_public:door")
        remember_device(answer, token)
        return answer
    shared = [(one, request.rights.reach(Right.SET_UP_DEVICES, one.unit)) for one in queries.devices()]
    context = {"form": form, "shared": shared, "this": request.device}
    return render(request, "people/devices.html", context, status=422 if form.errors else 200)


@needs(Right.SET_UP_DEVICES)
@require_POST
def revoke_device(request: HttpRequest, pk) -> HttpResponse:
    """An ordinary browser again; twice is once."""
    device = get_object_or_404(SharedDevice.objects.select_related("unit"), pk=pk)
    if not request.rights.reach(Right.SET_UP_DEVICES, device.unit):
        raise PermissionDenied(Right.SET_UP_DEVICES)
    try:
        actions.revoke_device(device=device, by=request.person, now=timezone.now())
    except actions.DeviceGone:
        messages.warning(request, _("It had been taken back before."))
    else:
        messages.success(request, _("%(name)s is an ordinary browser again.") % {"name": device.name})
    return redirect("people:devices")
