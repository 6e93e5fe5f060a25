"""The editor's preview and upload, by markdownx's protocol, and the pictures themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from accounts.mentions import addresses, mentioned
from core import limits, markdown
from uploads import actions, rules
from uploads.forms import PreviewForm
from uploads.models import Upload
from uploads.pictures import MOST_BYTES, UNDESCRIBED, UploadRefused

HOUR = 3600
# A text of the greatest length in four-byte characters, each written with three signs a byte; a picture and its frame.
PREVIEW_BYTES = markdown.LIMIT * 12 + 10_000
UPLOAD_BYTES = MOST_BYTES + 10_000
# In the address of the upload, after `for`: the picture belongs to the site, not to a post.
LIBRARY = "library"

View = Callable[..., HttpResponseBase]


def refusal(sentence: object, status: int) -> JsonResponse:
    return JsonResponse({"error": str(sentence)}, status=status)


def for_the_editor(most_bytes: int) -> Callable[[View], View]:
    """Answer members' POSTs of at most `most_bytes`, and refuse others with a sentence before anything is read."""

    def decorator(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponseBase:
            if request.method != "POST":
                response = refusal(_("The editor sends this with POST."), 405)
                response["Allow"] = "POST"
                return response
            if int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes:
                return refusal(_("This is too large to send. Please make it smaller."), 413)
            if not request.user.is_authenticated:
                return refusal(_("You are signed out. Please sign in in another tab; your text is still here."), 401)
            return protected(request)

        return guarded

    return decorator


@for_the_editor(PREVIEW_BYTES)
def preview(request: HttpRequest) -> HttpResponse:
    if not limits.allow("preview", request.user.pk, limit=120, seconds=60):
        return refusal(_("The preview needs a short rest. Please go on writing."), 429)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return refusal(" ".join(str(message) for messages in form.errors.values() for message in messages), 422)
    text = form.cleaned_data["content"]
    people = addresses(mentioned(text, author_id=request.user.pk))
    return HttpResponse(markdown.render(text, top=form.cleaned_data["top"] or 2, people=people))


@for_the_editor(UPLOAD_BYTES)
def upload(request: HttpRequest) -> HttpResponse:
    for_library = request.GET.get("for") == LIBRARY
    ruling = rules.may_add_to_library(request.user) if for_library else rules.may_upload(request.user)
    if not ruling:
        return refusal(ruling.sentence, 403)
    if "image" not in request.FILES:
        return refusal(_("Please choose a picture first."), 422)
    if not limits.allow("upload", request.user.pk, limit=20, seconds=HOUR):
        return refusal(_("You have sent many pictures within an hour. Please wait a little before the next one."), 429)
    try:
        picture = actions.receive(owner=request.user, file=request.FILES["image"], for_library=for_library)
    except UploadRefused as error:
        return refusal(error, 422)
    return JsonResponse({"image_code": f"![{UNDESCRIBED}]({picture.get_absolute_url()})"})


@require_safe
def media(request: HttpRequest, path: str) -> Any:
    picture = get_object_or_404(Upload.objects.shown(), path=path)
    etag = quote_etag(picture.path)
    response = get_conditional_response(request, etag=etag) or FileResponse(_file(picture), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(picture: Upload) -> Any:
    try:
        return default_storage.open(picture.path)
    except FileNotFoundError:
        raise Http404 from None
