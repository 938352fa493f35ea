from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_finished_means_answered")]
    operations = [
        migrations.AddField(
            model_name="walkstep",
            name="human",
            field=models.BooleanField(default=False, help_text="here a human answered"),
        ),
    ]
