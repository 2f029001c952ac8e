"""A server shaped like Twilio's, for trying the SMS channel with real HTTP: see `server.TwilioServer`."""
