from django.db import migrations

from people.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("people", "0002_page_audience")]
    operations = [AppendOnly("people_auditentry")]
