using Iop.FollowUp.Domain.Deviations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.FollowUp.Storage;

internal sealed class DeviationMapping : IEntityTypeConfiguration<Deviation>
{
    public void Configure(EntityTypeBuilder<Deviation> builder)
    {
        builder.HasKey(deviation => deviation.Id);
        builder.Property(deviation => deviation.Id).HasColumnName("deviation_id");
        builder.Property(deviation => deviation.Plan).HasColumnName("plan_id");
        builder.Property(deviation => deviation.Partnership).HasColumnName("partnership_id");
        builder.Property(deviation => deviation.Indicator).HasColumnName("indicator_id");
        builder.HasMany(deviation => deviation.Lessons).WithOne().HasForeignKey(lesson => lesson.Deviation);
    }
}

internal sealed class DeviationLessonMapping : IEntityTypeConfiguration<DeviationLesson>
{
    public void Configure(EntityTypeBuilder<DeviationLesson> builder)
    {
        builder.HasKey(lesson => new { lesson.Deviation, lesson.Number });
        builder.Property(lesson => lesson.Deviation).HasColumnName("deviation_id");
        builder.Property(lesson => lesson.Partnership).HasColumnName("partnership_id");
    }
}
