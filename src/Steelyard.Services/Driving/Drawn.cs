using System.Buffers.Binary;
using System.Globalization;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Driving;

/// <summary>What is drawn for one operation, as far as it asks for it.</summary>
/// <param name="load">How many keys and tenants there are.</param>
/// <param name="number">The operation's number, from 1.</param>
/// <param name="random">The workload's stream.</param>
internal sealed class Drawn(HttpLoad load, long number, SeededRandom random)
{
    string? _key;
    string? _tenant;
    Guid? _guid;

    public long Number => number;

    public string Id { get; init; } = string.Create(CultureInfo.InvariantCulture, $"o{number}");

    public SeededRandom Random => random;

    /// <summary>Whether somebody asked for the key.</summary>
    public bool HasKey => _key is not null;

    public string Key => _key ??= Name('k', random.Next(load.Keys));

    public string Tenant => _tenant ??= Name('t', random.Next(load.Tenants));

    public Guid Guid
    {
        get => _guid ??= Draw();
        init => _guid = value;
    }

    /// <summary>Chooses the key.</summary>
    /// <param name="place">Its place, from 0.</param>
    public Drawn OfKey(int place)
    {
        _key = Name('k', place);
        return this;
    }

    /// <summary>A path by which all operations of its kind are called: <c>/items/{key}</c>.</summary>
    public string PathInWords(string path)
    {
        var parts = path.Split('?')[0].Split('/');
        for (var i = 0; i < parts.Length; i++)
            parts[i] = parts[i] switch
            {
                "" => "",
                var part when part == Id => "{id}",
                var part when part == _key => "{key}",
                var part when part == _tenant => "{tenant}",
                var part when part == _guid?.ToString() => "{guid}",
                var part when part == number.ToString(CultureInfo.InvariantCulture) => "{number}",
                var part => part,
            };
        return string.Join('/', parts);
    }

    static string Name(char letter, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{letter}{place + 1}");

    Guid Draw()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, random.NextBits());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], random.NextBits());
        // As random ones are marked (RFC 9562, section 5.4).
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
