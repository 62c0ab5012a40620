using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Iop.TestKit;

namespace Iop.Contracts.Tests;

/// <summary>What one service tells another.</summary>
public sealed class MessageTests
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static TheoryData<string> Names => [.. Messages.All.Select(message => message.Name)];

    /// <summary>
    /// A change here is a change on the wire. Before accepting one:
    /// 1. A new optional property is safe: older listeners ignore it, older messages in queues lack it. Accept, and tell the
    /// listeners' owners. 2. Anything else (removed, renamed, another type, newly required) breaks messages that lie in queues
    /// and outboxes right now.
    ///    Write V2 beside the old record with a urn and exchange ending in v2; announce both, with "// Until yyyy-mm-dd:" over
    /// the old line;
    ///    move the listeners; when no queue, waiting queue or error queue holds v1 and thirty days have passed, delete v1.
    /// 3. Update docs/messages.md. A property that only the listener would like to have is no reason to break anybody.
    /// </summary>
    [Fact]
    public void The_wire_format_is_what_we_promised() => Approved.Matches("messages.txt", Messages.Describe());

    [Fact]
    public void There_are_messages() => Assert.NotEmpty(Messages.All);

    /// <summary>The approved sample stands for every message that lies in a queue: it must be read as before, nothing
    /// lost.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_on_its_way_can_still_be_read(string name)
    {
        var type = Messages.All.Single(message => message.Name == name);
        var written = JsonSerializer.Serialize(Messages.Sample(type), type, Wire);
        Approved.Matches($"samples/{name}.json", written);
        var read = JsonSerializer.Deserialize(written, type, Wire);
        Assert.Equal(written, JsonSerializer.Serialize(read, type, Wire));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_flat(string name) =>
    Assert.Empty(Messages.NotFlat(Messages.All.Single(message => message.Name == name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_says_whose_fact_it_is_and_which_version_of_it(string name)
    {
        var type = Messages.All.Single(message => message.Name == name);
        Assert.Equal(typeof(long), type.GetProperty("Sequence")?.PropertyType);
        Assert.Contains(type.GetProperties(), property =>
            property.PropertyType == typeof(Guid) && property.Name.EndsWith("Id", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Urn_and_exchange_are_pinned_and_agree_with_each_other(string name)
    {
        var type = Messages.All.Single(message => message.Name == name);
        var sender = Kebab.Of(type.Namespace!.Split('.')[^1]);
        Assert.Matches($"^iop:{sender}:{Kebab.Of(name)}:v[0-9]+$", Messages.Urn(type));
        Assert.Equal(Messages.Urn(type).Replace(':', '.'), Messages.Exchange(type));
    }
}
