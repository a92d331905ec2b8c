"""Mail from one URL."""

import pytest

from config.mail import mail_settings


def test_no_url_means_no_mail():
    assert mail_settings("") == {}


def test_a_password_may_hold_signs():
    told = mail_settings("smtp+tls://a%40b.cn:p%3Aq@mail.example.cn")
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("a@b.cn", "p:q")
    assert (told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"]) == (587, True, False)


def test_smtps_speaks_tls_from_the_first_byte():
    told = mail_settings("smtps://mail.example.cn:4650")
    assert (told["EMAIL_PORT"], told["EMAIL_USE_SSL"]) == (4650, True)


@pytest.mark.parametrize("url", ["mailto:a@b.cn", "http://mail", "smtp://"])
def test_other_addresses_are_refused(url: str):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        mail_settings(url)
