"""The site, and one form that needs somebody signed in."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import urlpatterns as site
from core import drafts
from core.http import park_and_sign_in


@csrf_exempt
def note(request):
    if request.method == "POST":
        return park_and_sign_in(request, fields=request.POST.dict())
    kept = drafts.kept(request, form=request.path)
    return HttpResponse(kept.fields["text"] if kept else "nothing")


urlpatterns = [*site, path("note/", note)]
