using System.Buffers.Binary;
using System.Numerics;

namespace Steelyard.Worlds.Storage;

/// <summary>CRC-32C (Castagnoli 1993): finds every burst of up to 32 damaged bits.</summary>
public static class Checksum
{
    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        // Starting from ones, so that a run of zero bytes is not its own checksum.
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
