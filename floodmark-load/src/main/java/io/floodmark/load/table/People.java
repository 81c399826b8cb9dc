package io.floodmark.load.table;

import io.floodmark.load.time.SeededRandom;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/// Realistic people and blocks of data, made ahead of the hot path; a row is a choice among them
/// that its operation's number determines.
///
/// *Threads.* Immutable after construction; any.
final class People {

    /// Distinct people and blocks; rows combine them, so far more distinct rows come out.
    private static final int PEOPLE = 2_000;

    private static final int BLOCKS = 256;
    private static final int BLOCK_CHARACTERS = 1_024;
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int FAKER_STREAM = 11;
    private static final int BLOCK_STREAM = 12;

    private final Person[] people = new Person[PEOPLE];
    private final String[] blocks = new String[BLOCKS];
    private final long seed;

    /// One made-up person.
    ///
    /// @param mailbox the name as the local part of an e-mail address, letters and dots only
    record Person(String name, String mailbox, int age, String address, String phone) {

        int bytes() {
            return name.length()
                    + mailbox.length()
                    + Integer.BYTES
                    + address.length()
                    + phone.length();
        }
    }

    People(long seed) {
        this.seed = seed;
        Faker faker =
                new Faker(
                        Locale.ENGLISH,
                        new Random(SeededRandom.of(seed, FAKER_STREAM).nextLong(Long.MAX_VALUE)));
        for (int i = 0; i < PEOPLE; i++) {
            people[i] = person(faker);
        }
        SeededRandom random = SeededRandom.of(seed, BLOCK_STREAM);
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = block(random);
        }
    }

    private static Person person(Faker faker) {
        String first = faker.name().firstName();
        String last = faker.name().lastName();
        String mailbox = (first + "." + last).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
        String phone = faker.phoneNumber().cellPhone();
        return new Person(
                first + " " + last,
                mailbox,
                faker.number().numberBetween(18, 91),
                faker.address().fullAddress(),
                phone.substring(0, Math.min(20, phone.length())));
    }

    private static String block(SeededRandom random) {
        StringBuilder block = new StringBuilder(BLOCK_CHARACTERS);
        for (int i = 0; i < BLOCK_CHARACTERS; i++) {
            block.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return block.toString();
    }

    Person person(long operation, int row) {
        return people[Math.floorMod(mixed(operation, row), PEOPLE)];
    }

    String block(long operation, int row) {
        return blocks[Math.floorMod(mixed(operation, row) >>> 20, BLOCKS)];
    }

    /// A number in `[0, bound)` that (seed, operation, purpose) determine.
    long choice(long operation, int purpose, long bound) {
        return Math.floorMod(mixed(operation, -1 - purpose), bound);
    }

    /// The finalizer of MurmurHash3 over (seed, operation, row).
    private long mixed(long operation, int row) {
        long x = seed ^ (operation * 0x9E3779B97F4A7C15L) ^ ((long) row << 40);
        x = (x ^ (x >>> 33)) * 0xFF51AFD7ED558CCDL;
        x = (x ^ (x >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return x ^ (x >>> 33);
    }
}
