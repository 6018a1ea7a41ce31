"""Addresses of the desk: lists and steps."""
from django.urls import path

from soket.publishing.views.desk import categories, listing, locks, revisions, steps, times

urlpatterns = [
    path("toa-soan/", listing.articles, name="desk"),
    path("toa-soan/lich/", listing.plan, name="plan"),
    path("toa-soan/chuyen-muc/", categories.categories, name="categories"),
    path("toa-soan/chuyen-muc/<int:pk>/", categories.category, name="category_edit"),
    path("toa-soan/bai/<slug:slug>/giao/", steps.hand_over, name="hand_over"),
    path("toa-soan/bai/<slug:slug>/tra-lai/", steps.give_back_text, name="return"),
    path("toa-soan/bai/<slug:slug>/gui/", steps.send, name="send"),
    path("toa-soan/bai/<slug:slug>/duyet/", steps.approve, name="approve"),
    path("toa-soan/bai/<slug:slug>/hen-gio/", steps.schedule, name="schedule"),
    path("toa-soan/bai/<slug:slug>/bo-hen/", steps.unschedule, name="unschedule"),
    path("toa-soan/bai/<slug:slug>/dang/", steps.publish, name="publish"),
    path("toa-soan/bai/<slug:slug>/go/", steps.withdraw, name="withdraw"),
    path("toa-soan/bai/<slug:slug>/thoi-han/", times.times, name="times"),
    path("toa-soan/bai/<slug:slug>/so-sanh/", revisions.compare, name="compare"),
    path("toa-soan/bai/<slug:slug>/khoi-phuc/<int:number>/", revisions.restore, name="restore"),
    path("toa-soan/bai/<slug:slug>/khoa/", locks.keep, name="lock"),
    path("toa-soan/bai/<slug:slug>/khoa/tra/", locks.give_back, name="lock_give_back"),
    path("toa-soan/bai/<slug:slug>/khoa/go/", locks.take_over, name="lock_take_over"),
]
