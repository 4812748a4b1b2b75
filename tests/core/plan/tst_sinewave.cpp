// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plan/sinewave.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace Headroom;

class SineWaveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void meetsTheSine();
    void plansExactlyTheMiddleOverWholePeriods();
    void endsInTheMiddleOfAPiece();
    void neverFallsBelowZero();
    void dividesAPeriodThatDoesNotDivide();
};

void SineWaveTest::meetsTheSine()
{
    const LoadProfile profile(SineWave{50.0, 20.0, 1min}.pieces(2min));
    QCOMPARE(profile.valueAt(0s), 50.0);
    QCOMPARE(profile.valueAt(15s), 70.0); // a quarter of a period
    QVERIFY(std::abs(profile.valueAt(30s) - 50.0) < 1e-9);
    QCOMPARE(profile.valueAt(45s), 30.0);
    QCOMPARE(profile.valueAt(75s), 70.0);
    QCOMPARE(profile.end(), 2min);
    for (Nanoseconds time{}; time < 2min; time += 100ms) {
        const double sine = 50.0 + 20.0 * std::sin(2.0 * std::numbers::pi * double(time / 100ms) / 600.0);
        QVERIFY(std::abs(profile.valueAt(time) - sine) < 20.0 * 0.0022);
    }
}

void SineWaveTest::plansExactlyTheMiddleOverWholePeriods()
{
    const LoadProfile profile(SineWave{50.0, 20.0, 1min}.pieces(10min));
    for (int period = 1; period <= 10; ++period)
        QVERIFY(std::abs(profile.cumulativeAt(period * 1min) - 3000.0 * period) < LoadProfile::kRounding); // 50 x 60
    // Half a period more is above the middle by 2 A / omega = 40 x 60 / (2 pi) = 382, less 0.14 % for straight pieces.
    QVERIFY(std::abs(profile.cumulativeAt(30s) - 1500.0 - 381.97) < 0.6);
}

void SineWaveTest::endsInTheMiddleOfAPiece()
{
    // Pieces of 1 s; the last ends after half of its way from sin 0 to sin(pi / 24) = 0.13053.
    const auto pieces = SineWave{10.0, 10.0, 48s}.pieces(48500ms);
    QCOMPARE(pieces.size(), 49u);
    QCOMPARE(pieces.back().length, 500ms);
    QCOMPARE(pieces.back().from, 10.0);
    QVERIFY(std::abs(pieces.back().to - (10.0 + 10.0 * 0.13053 / 2.0)) < 1e-4);
}

void SineWaveTest::neverFallsBelowZero()
{
    for (const LoadProfile::Piece &piece : SineWave{7.3, 7.3, 1s}.pieces(3s))
        QVERIFY(piece.from >= 0.0 && piece.to >= 0.0);
}

void SineWaveTest::dividesAPeriodThatDoesNotDivide()
{
    // 1 s + 1 ns is no multiple of 48; the pieces still add up, period after period.
    Nanoseconds sum{};
    const auto pieces = SineWave{5.0, 1.0, 1s + 1ns}.pieces(1000 * (1s + 1ns));
    for (const LoadProfile::Piece &piece : pieces)
        sum += piece.length;
    QCOMPARE(pieces.size(), 48'000u);
    QCOMPARE(sum, 1000 * (1s + 1ns));
}

QTEST_GUILESS_MAIN(SineWaveTest)
#include "tst_sinewave.moc"
