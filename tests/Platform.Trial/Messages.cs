using MassTransit;

namespace Iop.Platform.Trial;

/// <summary>What the trial service says.</summary>
[MessageUrn("iop:trial:note-written:v1"), EntityName("iop.trial.note-written.v1")]
public sealed record NoteWritten
{
    public required Guid NoteId { get; init; }

    public required long Sequence { get; init; }

    public required string Text { get; init; }
}

/// <summary>What it says when nobody listens.</summary>
[MessageUrn("iop:trial:note-whispered:v1"), EntityName("iop.trial.note-whispered.v1")]
public sealed record NoteWhispered
{
    public required Guid NoteId { get; init; }
}

/// <summary>What it hears. It fails as many times as it is told to.</summary>
[MessageUrn("iop:elsewhere:asked:v1"), EntityName("iop.elsewhere.asked.v1")]
public sealed record Asked
{
    public required Guid Subject { get; init; }

    public required long Sequence { get; init; }

    public required int Failures { get; init; }
}
