"""第6条 (アクセス制御): staff's own pages under /admin/, before those of Django's admin, whose sign-in they replace."""

from django.urls import path

from safeguards import views

app_name = "staff"

urlpatterns = [
    # At the stock addresses, so that Django admin's own links and redirects lead here.
    path("login/", views.sign_in, name="sign_in"),
    path("logout/", views.sign_out, name="sign_out"),
    path("password_change/", views.password, name="password"),
    path("login/code/", views.code, name="code"),
    path("login/recovery/", views.recovery, name="recovery"),
    path("login/app/", views.set_up, name="set_up"),
    path("welcome/<int:account_id>/<str:token>/", views.welcome, name="welcome"),
    path("account/", views.account, name="account"),
    path("account/codes/", views.codes, name="codes"),
    path("account/codes/new/", views.new_codes, name="new_codes"),
    path("account/app/", views.new_app, name="new_app"),
]
