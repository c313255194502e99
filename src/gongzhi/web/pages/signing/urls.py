"""The addresses of signing in."""

from django.urls import path

from gongzhi.web.pages.signing import again, by_code, by_provider, entering, forgotten, switching

urlpatterns = [
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/factor/", entering.second_factor, name="sign-in-factor"),
    path("sign-in/code/", by_code.by_code, name="sign-in-code"),
    path("sign-in/code/enter/", by_code.enter_code, name="enter-code"),
    path("sign-in/provider/", by_provider.to_provider, name="sign-in-provider"),
    path("sign-in/provider/back/", by_provider.provider_answered, name="provider-answered"),
    path("sign-in/again/", again.again, name="sign-in-again"),
    path("sign-in/forgotten/", forgotten.forgotten, name="forgotten"),
    path("sign-in/new/<uuid:person>/<str:token>/", forgotten.new_password, name="new-password"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("offices/switch/", switching.switch, name="switch-office"),
]
