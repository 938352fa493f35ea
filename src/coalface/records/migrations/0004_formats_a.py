from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0004_api")]
    operations = [
        migrations.AddField(
            model_name="walkstep",
            name="human",
            field=models.BooleanField(default=False, help_text="here a human answered"),
        ),
    ]
