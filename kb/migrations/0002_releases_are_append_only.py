from django.db import migrations

from people.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("kb", "0001_files_pages_and_releases")]
    operations = [AppendOnly("kb_release")]
