namespace Steelyard.Worlds.Storage;

/// <summary>CRC-32C (Castagnoli 1993): finds every burst of up to 32 damaged bits.</summary>
static class Checksum
{
    const uint Polynomial = 0x82F63B78;

    static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        // Starting from ones, so that a run of zero bytes is not its own checksum.
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            table[i] = crc;
        }

        return table;
    }
}
