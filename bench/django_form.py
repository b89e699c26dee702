"""A form page in one file of Django, as ``startproject`` sets one up without the admin: the measure for our servers.

The page is that of :mod:`bench.bare` in size and shape, with the token against forged forms. ``DJANGO_ROWS`` says how
many choices it has.
"""

import os
from pathlib import Path

import django
from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from bench.bare import LINKS

settings.configure(
    SECRET_KEY="only for measuring, and long enough for it",  # noqa: S106
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "django_templates"],
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ],
)
django.setup()
ROWS = [(f"valg-{n}", f"Et svar med noen ord i, nummer {n}") for n in range(int(os.environ.get("DJANGO_ROWS", "20")))]


class Answer(forms.Form):  # type: ignore[misc]  # Django has no types
    """One question."""

    answer = forms.ChoiceField(choices=ROWS, widget=forms.RadioSelect)


def page(request: HttpRequest, number: int) -> HttpResponse:
    """The form, and what was answered before."""
    form = Answer(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session["answer"] = form.cleaned_data["answer"]
        return redirect("page", number=number + 1)
    chosen = request.session.get("answer", "valg-2")
    return render(request, "page.html", {"form": form, "number": number, "chosen": chosen, "links": LINKS})


urlpatterns = [path("side/<int:number>", page, name="page")]
application = get_wsgi_application()
