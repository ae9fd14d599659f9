using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Steelyard.Services.Postgres.Wire;

/// <summary>Messages of a server, one by one, and what of them is this machine's and not the
/// world's.</summary>
internal static partial class Messages
{
    const RegexOptions Linear = RegexOptions.NonBacktracking;

    /// <summary>Splits off the next whole message.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (bytes.Length < 5)
            return false;
        var length = 1 + BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
        if (bytes.Length < length)
            return false;
        message = bytes[..length];
        bytes = bytes[length..];
        return true;
    }

    /// <summary>An answer as the client gets it: numbers of processes and transactions of this machine differ
    /// from run to run.</summary>
    /// <param name="reply">What the server sent.</param>
    /// <param name="number">What stands for a number of a process.</param>
    /// <param name="withoutEnd">Leaves out the last message, which somebody else asked for.</param>
    public static byte[] ForClient(ReadOnlySpan<byte> reply, Func<int, int> number, bool withoutEnd = false)
    {
        var masked = new ArrayBufferWriter<byte>(reply.Length);
        while (TryNext(ref reply, out var message))
        {
            if (withoutEnd && message[0] == (byte)'Z')
                continue;
            var start = masked.WrittenCount;
            if (message[0] is (byte)'E' or (byte)'N')
                masked.Write(MaskedNotice(message, number));
            else
                masked.Write(message);
            if (message[0] is (byte)'K' or (byte)'A')
                MaskProcess(masked, start, number);
        }

        masked.Write(reply);
        return masked.WrittenSpan.ToArray();
    }

    // The number of the process stands first in both; the secret behind it is the same in our words.
    static void MaskProcess(ArrayBufferWriter<byte> masked, int start, Func<int, int> number)
    {
        var message = MemoryMarshal.AsMemory(masked.WrittenMemory[start..]).Span;
        var own = number(BinaryPrimitives.ReadInt32BigEndian(message[5..]));
        BinaryPrimitives.WriteInt32BigEndian(message[5..], own);
        if (message[0] == (byte)'K')
            BinaryPrimitives.WriteInt32BigEndian(message[9..], own);
    }

    static ReadOnlySpan<byte> MaskedNotice(ReadOnlySpan<byte> message, Func<int, int> number)
    {
        var words = Encoding.UTF8.GetString(message[5..]);
        var masked = Transactions().Replace(
            Processes().Replace(words, found => found.Groups["word"].Value + number(int.Parse(
                found.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture))),
            "transaction");
        if (masked == words)
            return message;
        var bytes = Encoding.UTF8.GetBytes(masked);
        var changed = new byte[5 + bytes.Length];
        changed[0] = message[0];
        BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(1), changed.Length - 1);
        bytes.CopyTo(changed, 5);
        return changed;
    }

    [GeneratedRegex(@"(?<word>[Pp]rocess )(?<number>\d+)", RegexOptions.ExplicitCapture | Linear)]
    private static partial Regex Processes();

    [GeneratedRegex(@"transaction \d+", Linear)]
    private static partial Regex Transactions();
}
