namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>The first byte of a value in Fressian. Ranges are named by their first; whole numbers of up to
/// seven bytes begin with a byte below <see cref="CachedFirst"/>, or with <see cref="MinusOne"/>.</summary>
internal static class FressianCode
{
    public const int OneByteEnd = 0x40;
    public const int CachedFirst = 0x80;
    public const int StructFirst = 0xA0;
    public const int StructEnd = 0xB0;
    public const int ArrayFirst = 0xB0;
    public const int ArrayEnd = 0xB6;
    public const int Map = 0xC0;
    public const int Set = 0xC1;
    public const int Uuid = 0xC3;
    public const int Regex = 0xC4;
    public const int Uri = 0xC5;
    public const int BigInteger = 0xC6;
    public const int BigDecimal = 0xC7;
    public const int Instant = 0xC8;
    public const int Symbol = 0xC9;
    public const int Keyword = 0xCA;
    public const int Cached = 0xCC;
    public const int ToCache = 0xCD;
    public const int Footer = 0xCF;
    public const int ShortBytesFirst = 0xD0;
    public const int BytesPart = 0xD8;
    public const int Bytes = 0xD9;
    public const int ShortTextFirst = 0xDA;
    public const int TextPart = 0xE2;
    public const int Text = 0xE3;
    public const int ShortListFirst = 0xE4;
    public const int List = 0xEC;
    public const int ClosedList = 0xED;
    public const int OpenList = 0xEE;
    public const int NewStruct = 0xEF;
    public const int Struct = 0xF0;
    public const int True = 0xF5;
    public const int False = 0xF6;
    public const int Nil = 0xF7;
    public const int Integer = 0xF8;
    public const int Float = 0xF9;
    public const int Double = 0xFA;
    public const int DoubleZero = 0xFB;
    public const int DoubleOne = 0xFC;
    public const int ListEnd = 0xFD;
    public const int ResetCaches = 0xFE;
    public const int MinusOne = 0xFF;
}
