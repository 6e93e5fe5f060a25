"""What input is acceptable."""

from django import forms


class SeenForm(forms.Form):
    """How far down the inbox somebody has looked: the newest notification on the page they pressed the button of."""

    up_to = forms.IntegerField(min_value=1, max_value=2**63 - 1)
