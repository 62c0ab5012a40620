using Microsoft.Extensions.Configuration;

namespace Iop.AppHost.Local;

/// <summary>How this start differs from any other.</summary>
/// <param name="Data">Where everything is kept: IOP_DATA.</param>
/// <param name="Port">Where people reach the system: IOP_PORT. The status page is one above.</param>
/// <param name="Until">Stop when this resource has run to its end, and end with its exit code.</param>
internal sealed record LocalOptions(DataFolder Data, int Port, string? Until)
{
    private const int DefaultPort = 8080;
    private const string UntilOption = "--until";

    public int StatusPort => Port + 1;

    public static LocalOptions Read(string[] args, IConfiguration configuration)
    {
        var option = Array.IndexOf(args, UntilOption);
        return new(
            DataFolder.Of(configuration),
            configuration.GetValue("IOP_PORT", DefaultPort),
            option < 0 ? null : args[option + 1]);
    }
}
