"""Addresses."""

app_name = "beheerscommissie"
urlpatterns: list = []
