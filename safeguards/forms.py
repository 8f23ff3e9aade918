"""第6条 (アクセス制御): what staff type to sign in, and to keep their own account safe."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

CODE_LENGTH = 40  # spaces, full-width digits and what a slip of the clipboard adds


class SignInForm(forms.Form):
    """User name and password. Neither is trimmed to what it should be: wrong is wrong."""

    username = forms.CharField(
        label="ユーザー名",
        max_length=150,
        error_messages={"required": "ユーザー名を入力してください。"},
        widget=forms.TextInput(
            attrs={
                "class": "input input--medium",
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )
    password = forms.CharField(
        label="パスワード",
        max_length=4096,
        strip=False,
        error_messages={"required": "パスワードを入力してください。"},
        widget=forms.PasswordInput(
            attrs={"class": "input input--medium", "autocomplete": "current-password"}
        ),
    )


class CodeForm(forms.Form):
    """A code of the authenticator app."""

    code = forms.CharField(
        label="6桁の確認コード",
        max_length=CODE_LENGTH,
        help_text="認証アプリに表示されている数字です。全角や空白が入っていてもかまいません。",
        error_messages={"required": "確認コードを入力してください。"},
        widget=forms.TextInput(
            attrs={
                "class": "input input--short",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
    )


class RecoveryCodeForm(forms.Form):
    """One of the recovery codes."""

    code = forms.CharField(
        label="回復コード",
        max_length=CODE_LENGTH,
        help_text="控えておいた10文字のコードを1つ入力します。1つのコードは1回だけ使えます。",
        error_messages={"required": "回復コードを入力してください。"},
        widget=forms.TextInput(
            attrs={
                "class": "input input--medium",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class ProofForm(forms.Form):
    """A code of either kind, before the account's safety is changed."""

    code = forms.CharField(
        label="確認コード",
        max_length=CODE_LENGTH,
        help_text="認証アプリの6桁の数字、または回復コードを1つ入力します。",
        error_messages={"required": "確認コードを入力してください。"},
        widget=forms.TextInput(
            attrs={"class": "input input--medium", "autocomplete": "one-time-code", "spellcheck": "false"}
        ),
    )


def _new_password(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=4096,
        help_text=help_text,
        error_messages={"required": f"{label}を入力してください。"},
        widget=forms.PasswordInput(attrs={"class": "input input--medium", "autocomplete": "new-password"}),
    )


class NewPasswordForm(forms.Form):
    """A password, twice, as the validators of the settings want it."""

    password = _new_password(
        "新しいパスワード",
        "12文字以上にしてください。数字だけのもの、よく使われるもの、ユーザー名に似たものは使えません。",
    )
    again = _new_password(
        "新しいパスワード（確認）", "打ち間違いがないか確かめるため、もう一度入力してください。"
    )

    def __init__(self, account: User, data: Any = None) -> None:  # Any: as Django's forms take it
        self.account = account
        super().__init__(data)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", ValidationError("2つのパスワードが一致しません。"))


class PasswordChangeForm(NewPasswordForm):
    """The old password first."""

    old = forms.CharField(
        label="今のパスワード",
        strip=False,
        max_length=4096,
        error_messages={"required": "今のパスワードを入力してください。"},
        widget=forms.PasswordInput(
            attrs={"class": "input input--medium", "autocomplete": "current-password"}
        ),
    )
    field_order = ("old", "password", "again")
