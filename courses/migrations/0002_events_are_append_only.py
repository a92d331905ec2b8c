from django.db import migrations

from people.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_courses_and_learning"), ("people", "0003_audit_is_append_only")]
    operations = [
        AppendOnly("courses_learningevent"),
        AppendOnly("courses_courserelease"),
        AppendOnly("courses_questionversion"),
    ]
