"""Addresses."""

app_name = "stuurgroep"
urlpatterns: list = []
