using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Iop.Registry.Storage;

/// <summary>How many people live in a municipality or county at the end of a year.</summary>
internal sealed class InhabitantsRow
{
    public required string PlaceCode { get; init; }

    public required int Year { get; init; }

    public required long Count { get; set; }
}

internal sealed class InhabitantsMapping : IEntityTypeConfiguration<InhabitantsRow>
{
    public void Configure(EntityTypeBuilder<InhabitantsRow> builder) =>
        builder.ToTable("inhabitants").HasKey(row => new { row.PlaceCode, row.Year });
}
