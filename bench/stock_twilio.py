"""Rasa's own Twilio channel, for bench/sms.py: the only change is where its client finds Twilio. Runs in the engine's environment."""

import os

from rasa.core.channels.channel import OutputChannel
from rasa.core.channels.twilio import TwilioInput, TwilioOutput


class StockTwilio(TwilioInput):
    """As it comes; `TWILIO_BASE_URL` replaces Twilio's address."""

    def get_output_channel(self) -> OutputChannel:
        channel = TwilioOutput(self.account_sid, self.auth_token, self.twilio_number)
        channel.api.base_url = os.environ["TWILIO_BASE_URL"]
        return channel
