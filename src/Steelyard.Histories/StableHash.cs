using System.Runtime.InteropServices;

namespace Steelyard.Histories;

/// <summary>
/// A 64-bit hash that is the same in every process and on every machine, unlike <see cref="HashCode"/>.
/// Each word is folded in with a multiply and an xor-shift (the finaliser of splitmix64, Steele et al. 2014).
/// </summary>
public struct StableHash
{
    const ulong Golden = 0x9E3779B97F4A7C15UL;

    ulong _state;

    /// <summary>Starts a hash.</summary>
    public StableHash(ulong seed) => _state = seed;

    /// <summary>The hash of everything added so far.</summary>
    public readonly ulong Digest => Mix(_state);

    /// <summary>Folds one word in; order matters.</summary>
    public void Add(ulong word) => _state = Mix((_state ^ word) + Golden);

    /// <summary>Folds one number in.</summary>
    public void Add(long word) => Add((ulong)word);

    /// <summary>Folds a text in, with its length.</summary>
    public void Add(string text)
    {
        Add((ulong)text.Length);
        foreach (var character in MemoryMarshal.Cast<char, ushort>(text.AsSpan()))
            Add((ulong)character);
    }

    /// <summary>Folds a value in, by content.</summary>
    public void Add(Value value)
    {
        Add((ulong)value.Kind);
        switch (value.Kind)
        {
            case ValueKind.Nil:
                break;
            case ValueKind.Boolean:
                Add(value.AsBoolean ? 1UL : 0UL);
                break;
            case ValueKind.Integer:
                Add(value.AsInteger);
                break;
            case ValueKind.Real:
                Add(BitConverter.DoubleToInt64Bits(value.AsReal));
                break;
            case ValueKind.Text:
                Add(value.AsText);
                break;
            case ValueKind.List:
                Add((ulong)value.AsList.Length);
                foreach (var element in value.AsList)
                    Add(element);
                break;
            default:
                Add((ulong)value.AsMap.Length);
                foreach (var (key, content) in value.AsMap)
                {
                    Add(key);
                    Add(content);
                }

                break;
        }
    }

    /// <summary>The hash of one value.</summary>
    public static ulong Of(Value value)
    {
        var hash = new StableHash(Golden);
        hash.Add(value);
        return hash.Digest;
    }

    /// <summary>The hash of one text.</summary>
    public static ulong Of(string text)
    {
        var hash = new StableHash(Golden);
        hash.Add(text);
        return hash.Digest;
    }

    /// <summary>The splitmix64 finaliser: every input bit reaches every output bit.</summary>
    public static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9UL;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EBUL;
        return word ^ (word >> 31);
    }
}
