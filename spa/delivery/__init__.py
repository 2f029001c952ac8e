"""The ways out: texts, e-mail, webhooks. Each sends one outbox item and gives the provider's id, or says that it failed."""
