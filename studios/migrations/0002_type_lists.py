"""The three classifications that organisations use today (documents 000, 003 and 004); editors change them as data."""

import datetime as dt

from django.db import migrations

LISTS = [
    ("power-2013", "供电企业工作室建设指导意见", "按领衔人特点分类", "company",
     [("tech", "技术创新型"), ("post", "岗位创新型"), ("teaching", "大师授业型")]),
    ("group-forms", "集团劳模（职工）创新工作室创建要求", "按工作室形式分类", "other",
     [("research", "技术攻关型"), ("skill", "技能传授型"), ("service", "服务示范型"), ("management", "管理创新型")]),
    ("school-content", "学校劳模创新工作室管理办法", "按创新内容分类", "city",
     [("science", "科技创新"), ("management", "管理创新"), ("service", "服务创新"), ("mechanism", "机制创新")]),
]  # fmt: skip


def install(apps, schema_editor):
    ruleset_model = apps.get_model("studios", "RuleSet")
    type_model = apps.get_model("studios", "StudioType")
    for code, source, name, min_honour, types in LISTS:
        ruleset = ruleset_model.objects.create(
            code=code, name=name, source=source, min_honour=min_honour, effective_from_date=dt.date(2013, 1, 1)
        )
        for order, (type_code, type_name) in enumerate(types):
            type_model.objects.create(ruleset=ruleset, code=type_code, name=type_name, sort_order=order)


def remove(apps, schema_editor):
    apps.get_model("studios", "RuleSet").objects.filter(code__in=[row[0] for row in LISTS], version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("studios", "0001_studios_and_pages")]
    operations = [migrations.RunPython(install, remove)]
