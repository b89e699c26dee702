"""The pages: what a visitor meets. Rules and words come from below; here they are only put together and shown."""
