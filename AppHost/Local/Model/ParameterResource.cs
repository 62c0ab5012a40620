using System.Security.Cryptography;
using Iop.AppHost.Local;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from outside: configuration <c>Parameters:name</c>, else its default, else one made once and kept.</summary>
public sealed class ParameterResource : IResource, IValueProvider
{
    private readonly Lazy<string> value;

    internal ParameterResource(string name, Func<string> find) => (Name, value) = (name, new(find));

    public string Name { get; }

    public string GetValue() => value.Value;
}

public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>Letters and digits, as many as asked for.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    public int MinLength { get; set; }
    public bool Special { get; set; }

    public override string GetDefaultValue() => RandomNumberGenerator.GetString(LettersAndDigits, MinLength);
}

/// <summary>A key: 32 random bytes as base64, for secrets that are given no default.</summary>
internal sealed class GenerateKeyDefault : ParameterDefault
{
    private const int KeyBytes = 32;

    public override string GetDefaultValue() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}
