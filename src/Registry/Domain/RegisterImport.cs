using Iop.Kernel;

namespace Iop.Registry.Domain;

public readonly record struct ImportId(Guid Value);

public enum ImportState
{
    Read,

    /// <summary>Confirmed; being written (införs).</summary>
    Writing,
    Written,

    /// <summary>The register had changed when it was to be written: nothing of it is.</summary>
    Discarded,
}

/// <summary>A list that somebody brings in (import): read and looked at row by row first, written as a whole when
/// confirmed.</summary>
public sealed class RegisterImport
{
    private RegisterImport()
    {
    }

    public ImportId ImportId { get; private init; }

    public OrganisationId OrganisationId { get; private init; }

    public string FileName { get; private init; } = "";

    public ImportState State { get; private set; }

    public int Rows { get; private init; }

    public int Faulty { get; private init; }

    /// <summary>Rows that are in the register already, just so.</summary>
    public int Known { get; private init; }

    /// <summary>Headings that nobody has said the meaning of.</summary>
    public IReadOnlyList<string> Unmapped { get; private init; } = [];

    public DateTimeOffset ReadAt { get; private init; }

    public DateTimeOffset? WrittenAt { get; private set; }

    /// <summary>Whether the operator confirmed it: then nobody else answers for its entries.</summary>
    public bool IsOperators { get; private set; }

    public long Version { get; private set; }

    public static RegisterImport Of(
        ImportId id, OrganisationId organisation, string fileName, ImportCount count, IReadOnlyList<string> unmapped,
        DateTimeOffset now) => new()
        {
            ImportId = id, OrganisationId = organisation, FileName = fileName, Rows = count.Rows, Faulty = count.Faulty,
            Known = count.Known, Unmapped = unmapped, ReadAt = now, Version = 1,
        };

    /// <summary>The report has been seen: it is to be written.</summary>
    public Refusal? Confirm(bool byOperator)
    {
        if (State is not ImportState.Read) return ImportRefusals.AlreadyWritten;
        if (Faulty > 0) return ImportRefusals.HasFaults(Faulty);
        (State, IsOperators) = (ImportState.Writing, byOperator);
        Version++;
        return null;
    }

    /// <summary>All of it stands in the register.</summary>
    public void Write(DateTimeOffset now)
    {
        (State, WrittenAt) = (ImportState.Written, now);
        Version++;
    }

    /// <summary>What it names has changed since it was read: none of it is written.</summary>
    public void Discard()
    {
        State = ImportState.Discarded;
        Version++;
    }
}

public sealed record ImportCount(int Rows, int Faulty, int Known);

/// <summary>Every way an import can say no.</summary>
public static class ImportRefusals
{
    public static Refusal AlreadyWritten => new("import.already-written");

    public static Refusal HasFaults(int count) => new Refusal("import.has-faults").With("count", count);

    public static Refusal TooManyRows(int most) =>
        new Refusal("import.too-many-rows", RefusalKind.Malformed).With("most", most);

    public static Refusal TooLargeAField(int row) =>
        new Refusal("import.field-too-large", RefusalKind.Malformed).With("row", row);

    public static Refusal NotUtf8 => new("import.not-utf-8", RefusalKind.Malformed);

    public static Refusal NoTitleColumn => new("import.no-title-column", RefusalKind.Malformed);

    public static Refusal UnclosedQuote(int row) =>
        new Refusal("import.unclosed-quote", RefusalKind.Malformed).With("row", row);
}
