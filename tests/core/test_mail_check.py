import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command


def test_the_test_mail_goes_to_the_address_and_says_from_where(mailoutbox, capsys, settings):
    settings.DEFAULT_FROM_EMAIL = "Askwell <post@askwell.example>"
    call_command("sendtestmail", "op@charity.example")
    assert (mailoutbox[0].to, mailoutbox[0].from_email) == (["op@charity.example"], settings.DEFAULT_FROM_EMAIL)
    assert "from Askwell <post@askwell.example> to op@charity.example" in capsys.readouterr().out


@pytest.mark.parametrize("problem", [ConnectionRefusedError("refused"), smtplib.SMTPAuthenticationError(535, b"no")])
def test_mail_that_cannot_go_out_gets_one_clear_sentence(monkeypatch, problem):
    def refuse(self, messages):
        raise problem

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(CommandError, match=r"The mail was not sent: .+ EMAIL_URL"):
        call_command("sendtestmail", "op@charity.example")
