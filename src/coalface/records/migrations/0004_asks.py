"""What pleased them, or did not: the price, the service, the product, or how they were treated."""

from importlib import import_module

from django.db import migrations, models

# SQLite rebuilds a table to add such a column. That drops its triggers, and those of other tables that name it
# stand in the way: they go before and are made again after.
guards = import_module("coalface.records.migrations.0003_finished_means_answered")

ABOUT = [("price", "Price"), ("service", "Service"), ("product", "Product"), ("treatment", "Treatment")]


def _about(**more):
    return models.CharField(blank=True, choices=ABOUT, default="", max_length=16, **more)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_finished_means_answered")]
    operations = [
        migrations.RunPython(guards.unguard, guards.guard),
        migrations.AddField("remark", "about", _about(help_text="blank: nobody said")),
        migrations.AddField("secondversion", "about", _about()),
        migrations.RunPython(guards.guard, guards.unguard),
    ]
